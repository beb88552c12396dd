# n8n: keeps its own encryption key in a file, its data in PostgreSQL or SQLite, and ends when the database refuses the
# password. /healthz says that the process lives, /healthz/readiness logs in to the database anew.
layers="base tools standin"
ports=5678
user=node
workdir=/home/node
folders="1000:/home/node/.n8n"
environment='NODE_ENV=production'

settings=/home/node/.n8n

listen_on() { echo "${N8N_PORT:-5678}"; }

sql() {
  if [ "${DB_TYPE:-sqlite}" = postgresdb ]; then
    database_sql "${DB_POSTGRESDB_HOST:-localhost}" "${DB_POSTGRESDB_PORT:-5432}" "${DB_POSTGRESDB_USER:-postgres}" \
      "${DB_POSTGRESDB_PASSWORD:-}" "${DB_POSTGRESDB_DATABASE:-n8n}"
  else
    sqlite3 -cmd '.timeout 3000' "$settings/database.sqlite" 2>/tmp/sql.error
  fi
}

encryption_key() {
  local kept
  kept=$(sed -n 's/.*"encryptionKey": *"\([^"]*\)".*/\1/p' "$settings/config" 2>/dev/null)
  if [ -n "${N8N_ENCRYPTION_KEY:-}" ] && [ -n "$kept" ] && [ "$N8N_ENCRYPTION_KEY" != "$kept" ]; then
    log "Error: Mismatching encryption keys. The encryption key in the settings file $settings/config does not match the N8N_ENCRYPTION_KEY env var."
    exit 1
  fi
  [ -z "$kept" ] || return 0
  (umask 077 && printf '{\n\t"encryptionKey": "%s"\n}' "${N8N_ENCRYPTION_KEY:-$(head -c 24 /dev/urandom | base64)}" >"$settings/config") || {
    log "Error: EACCES: permission denied, open '$settings/config'"
    exit 1
  }
}

prepare() {
  local left=60 refusal
  encryption_key
  until echo 'SELECT 1;' | sql >/dev/null; do
    refusal=$(cat /tmp/sql.error)
    case $refusal in
      *'password authentication failed'*)
        log "There was an error initializing DB"
        log "${refusal#*FATAL: }"
        exit 1
        ;;
    esac
    left=$((left - 1))
    [ "$left" -gt 0 ] || {
      log "Could not establish database connection: $refusal"
      exit 1
    }
    pause 0.5
  done
  sql >/dev/null <<'SQL'
CREATE TABLE IF NOT EXISTS "user" (id varchar(36) PRIMARY KEY, email varchar(255), password varchar(255), "roleSlug" varchar(128));
CREATE TABLE IF NOT EXISTS workflow_entity (id varchar(36) PRIMARY KEY, name varchar(128) NOT NULL, active boolean NOT NULL, nodes text NOT NULL);
CREATE TABLE IF NOT EXISTS credentials_entity (id varchar(36) PRIMARY KEY, name varchar(128) NOT NULL, type varchar(128) NOT NULL, data text NOT NULL);
INSERT INTO "user" SELECT 'owner', NULL, NULL, 'global:owner' WHERE NOT EXISTS (SELECT 1 FROM "user");
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 25)
  INSERT INTO workflow_entity SELECT 'w' || i, 'Workflow ' || i, false, '[]' FROM n WHERE NOT EXISTS (SELECT 1 FROM workflow_entity);
INSERT INTO credentials_entity SELECT 'c1', 'Router', 'httpHeaderAuth', 'U2FsdGVkX1+made+up' WHERE NOT EXISTS (SELECT 1 FROM credentials_entity);
SQL
}

answer() {
  case $path in
    /healthz) reply 200 '{"status":"ok"}' ;;
    /healthz/readiness) if echo 'SELECT 1;' | sql >/dev/null; then reply 200 '{"status":"ok"}'; else reply 503 '{"status":"error"}'; fi ;;
    /) page n8n ;;
    /rest/settings) reply 200 '{"data":{"userManagement":{"showSetupOnFirstLoad":true,"quota":-1},"versionCli":"2.6.4"}}' ;;
    /rest/*) reply 401 '{"status":"error","message":"Unauthorized"}' ;;
    /api/v1/*) reply 401 "{\"message\":\"'X-N8N-API-KEY' header required\"}" ;;
    *) not_found ;;
  esac
}
