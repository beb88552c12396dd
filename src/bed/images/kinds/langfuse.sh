# Langfuse web and worker: ends when PostgreSQL refuses the login.
layers="base tools standin"
ports=3000

prepare() {
  local left=60
  database_url "${DATABASE_URL:-}" || {
    log 'Error: DATABASE_URL cannot be read'
    exit 1
  }
  until echo 'SELECT 1;' | sql_by_url >/dev/null; do
    case $(cat /tmp/sql.error) in *'password authentication failed'*) left=1 ;; esac
    left=$((left - 1))
    [ "$left" -gt 0 ] || {
      log "Error: P1000: Authentication failed against database server"
      exit 1
    }
    pause 0.5
  done
}

answer() {
  case $path in
    / | /api/public/health | /api/health) reply 200 '{"status":"OK","version":"3.159.0"}' ;;
    /api/public/*) reply 401 '{"message":"No authorization header"}' ;;
    *) not_found ;;
  esac
}
