# Open WebUI: keeps its first connection key in its own database and ignores the environment from then on; signs sessions
# with WEBUI_SECRET_KEY, or with a key made up in the container's own layer when none is given.
layers="base tools standin"
ports=8080
workdir=/app/backend
folders="0:/app/backend/data"
environment='ENV=prod PORT=8080'

database=/app/backend/data/webui.db
made_up=/app/backend/.webui_secret_key

listen_on() { echo "${PORT:-8080}"; }

secret() { if [ -n "${WEBUI_SECRET_KEY:-}" ]; then printf %s "$WEBUI_SECRET_KEY"; else cat "$made_up" 2>/dev/null; fi; }

sql() { sqlite3 -cmd '.timeout 3000' "$database"; }

quoted() { printf %s "$1" | sed "s/'/''/g"; }

prepare() {
  [ -n "${WEBUI_SECRET_KEY:-}" ] || [ -s "$made_up" ] || head -c 12 /dev/urandom | base64 >"$made_up" 2>/dev/null || true
  [ -s "$database" ] || sql >/dev/null <<SQL
PRAGMA journal_mode=WAL;
CREATE TABLE config (id INTEGER PRIMARY KEY, data JSON NOT NULL, version INTEGER NOT NULL, created_at DATETIME, updated_at DATETIME);
CREATE TABLE user (id TEXT PRIMARY KEY, name TEXT, email TEXT, role TEXT, created_at INTEGER);
CREATE TABLE chat (id TEXT PRIMARY KEY, user_id TEXT, title TEXT, chat JSON, created_at INTEGER);
INSERT INTO user VALUES ('u1', 'Operator', 'operator@example.invalid', 'admin', 1700000000);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
  INSERT INTO chat SELECT 'c' || i, 'u1', 'Chat ' || i, json_object('messages', 'message ' || i), 1700000000 + i FROM n;
INSERT INTO config VALUES (1, json_object('openai', json_object(
  'api_base_urls', json_array('$(quoted "${OPENAI_API_BASE_URL:-}")'),
  'api_keys', json_array('$(quoted "${OPENAI_API_KEY:-}")'))), 0, datetime('now'), datetime('now'));
SQL
}

# The key it really sends: the stored one, unless persistent configuration is switched off.
connection_key() {
  if [ "${ENABLE_PERSISTENT_CONFIG:-true}" = false ]; then
    printf %s "${OPENAI_API_KEY:-}"
  else
    echo "SELECT json_extract(data, '\$.openai.api_keys[0]') FROM config WHERE id = 1;" | sql
  fi
}

administrator() { signed "$(secret)" "$(bearer)"; }

unauthorised() { reply 401 '{"detail":"Not authenticated"}'; }

answer() {
  case $path in
    /health) reply 200 '{"status":true}' ;;
    /) page "Open WebUI" ;;
    /api/config)
      reply 200 "{\"status\":true,\"name\":\"Open WebUI\",\"version\":\"0.7.2\",\"features\":{\"auth\":${WEBUI_AUTH:-true},\"enable_signup\":${ENABLE_SIGNUP:-true}}}" ;;
    /api/v1/auths/signin) reply 200 "{\"token\":\"$(sign "$(secret)" u1)\",\"token_type\":\"Bearer\",\"role\":\"admin\"}" ;;
    /api/v1/auths/ | /api/v1/users/) if administrator; then reply 200 '{"users":[{"id":"u1","role":"admin"}],"total":1}'; else unauthorised; fi ;;
    /openai/config/update)
      administrator || {
        unauthorised
        return
      }
      local key
      key=$(printf %s "$body" | sed -n 's/.*"OPENAI_API_KEYS"[^[]*\[ *"\([^"]*\)".*/\1/p')
      [ -n "$key" ] || {
        reply 400 '{"detail":"OPENAI_API_KEYS is missing"}'
        return
      }
      echo "UPDATE config SET data = json_set(data, '\$.openai.api_keys', json_array('$(quoted "$key")')), updated_at = datetime('now') WHERE id = 1;" | sql
      reply 200 '{"status":true}'
      ;;
    # Not in the original: asks the upstream with the key in effect and answers with its status.
    /bed/upstream) relay "${OPENAI_API_BASE_URL%/}/models" "Authorization: Bearer $(connection_key)" ;;
    *) not_found ;;
  esac
}
