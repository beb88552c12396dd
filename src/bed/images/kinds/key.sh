# A service with one bearer key and an open health path. `key:PORT:PATH:VARIABLE` in the list names the variable; while
# that is empty everybody is let in.
ports=8080

answer() {
  local key
  eval "key=\${$STANDIN_KEY_VARIABLE:-}"
  case $path in
    / | /health | "${STANDIN_HEALTH:-/health}") reply 200 '{"status":"ok"}' ;;
    *)
      if [ -n "$key" ] && [ "$(bearer)" != "$key" ] && [ "$api_key" != "$key" ]; then
        reply 401 '{"detail":"Invalid or missing API key"}'
      else
        reply 200 '{"status":"ok","authorised":true}'
      fi
      ;;
  esac
}
