# The dashboard's API of guide B: everything but /health wants the key; without one in the environment it makes one up and
# writes it beside its data.
layers="base tools standin"
ports=3002

kept=/data/dashboard-api-key.txt

key() { if [ -n "${DASHBOARD_API_KEY:-}" ]; then printf %s "$DASHBOARD_API_KEY"; else cat "$kept" 2>/dev/null; fi; }

prepare() {
  [ -n "${DASHBOARD_API_KEY:-}" ] || [ -s "$kept" ] || (umask 077 && head -c 32 /dev/urandom | sha256sum | cut -d' ' -f1 >"$kept") 2>/dev/null || true
}

answer() {
  local token
  token=$(bearer)
  case $path in
    /health) reply 200 '{"status":"ok"}' ;;
    /api/release-manifest) reply 200 '{"version":"1.0.0"}' ;;
    *)
      if [ -z "$token" ]; then
        reply 401 '{"detail":"Authentication required. Provide Bearer token in Authorization header."}'
      elif [ "$token" != "$(key)" ]; then
        reply 403 '{"detail":"Invalid API key."}'
      else
        case $path in
          /status | /api/status) reply 200 '{"gpu":null,"services":[],"model":null}' ;;
          # Not in the original: whether the database accepts the login this container was started with.
          /bed/database)
            if database_url "${TOKEN_MONITOR_DB:-}" && echo 'SELECT 1;' | sql_by_url >/dev/null; then reply 200 '{"database":"ok"}'; else reply 503 '{"database":"refused"}'; fi ;;
          *) not_found ;;
        esac
      fi
      ;;
  esac
}
