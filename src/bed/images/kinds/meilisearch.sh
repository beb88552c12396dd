# Meilisearch: in production it refuses to start with a master key of fewer than 16 bytes.
ports=7700
workdir=/meili_data
folders="0:/meili_data"

prepare() {
  if [ "${MEILI_ENV:-development}" = production ] && [ "${#MEILI_MASTER_KEY}" -lt 16 ]; then
    log 'error: In production mode, the master key must be of at least 16 bytes'
    exit 1
  fi
  mkdir -p /meili_data/data.ms 2>/dev/null && echo 1.13.0 >/meili_data/data.ms/VERSION 2>/dev/null || true
}

answer() {
  local key=${MEILI_MASTER_KEY:-} token
  case $path in
    /health) reply 200 '{"status":"available"}' ; return ;;
  esac
  token=$(bearer)
  if [ -n "$key" ] && [ -z "$token" ]; then
    reply 401 '{"message":"The Authorization header is missing. It must use the bearer authorization method.","code":"missing_authorization_header","type":"auth","link":""}'
  elif [ -n "$key" ] && [ "$token" != "$key" ]; then
    reply 403 '{"message":"The provided API key is invalid.","code":"invalid_api_key","type":"auth","link":""}'
  else
    case $path in
      /keys) reply 200 '{"results":[],"offset":0,"limit":20,"total":0}' ;;
      /version) reply 200 '{"pkgVersion":"1.13.0"}' ;;
      /indexes) reply 200 '{"results":[],"offset":0,"limit":20,"total":0}' ;;
      *) not_found ;;
    esac
  fi
}
