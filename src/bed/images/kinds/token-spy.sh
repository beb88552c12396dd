# Token Spy: healthy only while its database accepts the login in DATABASE_URL; its own pages want TOKEN_SPY_API_KEY if set.
layers="base tools standin"
ports=8080

answer() {
  case $path in
    /health)
      if [ -z "${DATABASE_URL:-}" ] || { database_url "$DATABASE_URL" && echo 'SELECT 1;' | sql_by_url >/dev/null; }; then
        reply 200 '{"status":"ok"}'
      else
        reply 503 '{"status":"database unavailable"}'
      fi
      ;;
    /) page "Token Spy" ;;
    /api/*)
      if [ -n "${TOKEN_SPY_API_KEY:-}" ] && [ "$(bearer)" != "$TOKEN_SPY_API_KEY" ]; then
        reply 401 '{"detail":"Invalid API key"}'
      else
        reply 200 '{"sessions":[]}'
      fi
      ;;
    *) not_found ;;
  esac
}
