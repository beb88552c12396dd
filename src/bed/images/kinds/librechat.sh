# LibreChat: signs its sessions with JWT_SECRET; variables missing in the environment come from /app/.env. It presents
# MEILI_MASTER_KEY to Meilisearch only if it was given one.
ports=3080
workdir=/app
folders="0:/app/uploads 0:/app/client/public/images 0:/app/logs 0:/app/data"

setting() { # NAME
  local value
  eval "value=\${$1:-}"
  [ -n "$value" ] || value=$(sed -n "s/^$1=//p" /app/.env 2>/dev/null | tail -1)
  printf %s "$value"
}

prepare() {
  local left=60 host
  host=${MONGO_URI#*://}
  host=${host%%/*}
  until nc -w 1 "${host%%:*}" 27017 </dev/null >/dev/null 2>&1; do
    left=$((left - 1))
    [ "$left" -gt 0 ] || {
      log "MongoServerSelectionError: connect ECONNREFUSED $host"
      exit 1
    }
    pause 0.5
  done
  case $(setting CREDS_IV) in ????????????????????????????????) ;; *) log 'warning: CREDS_IV must be 16 bytes (32 hexadecimal characters)' ;; esac
}

answer() {
  case $path in
    /health) reply 200 OK text/plain ;;
    / | /login | /register) page LibreChat ;;
    /api/config) reply 200 "{\"appTitle\":\"LibreChat\",\"registrationEnabled\":${ALLOW_REGISTRATION:-true},\"socialLoginEnabled\":${ALLOW_SOCIAL_LOGIN:-false}}" ;;
    /api/auth/login) reply 200 "{\"token\":\"$(sign "$(setting JWT_SECRET)" u1)\"}" ;;
    /api/user)
      if signed "$(setting JWT_SECRET)" "$(bearer)"; then reply 200 '{"id":"u1","role":"ADMIN"}'; else reply 401 Unauthorized text/plain; fi ;;
    # Not in the original: what Meilisearch answers to the key this container has.
    /bed/upstream) relay "${MEILI_HOST%/}/keys" "Authorization: Bearer $(setting MEILI_MASTER_KEY)" ;;
    *) not_found ;;
  esac
}
