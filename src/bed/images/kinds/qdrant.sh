# Qdrant: the key comes in the header `api-key` or as a bearer token; without a configured key everything is open.
ports="6333 6334"
workdir=/qdrant
folders="0:/qdrant/storage"

prepare() {
  mkdir -p /qdrant/storage/collections/notes 2>/dev/null || return 0
  [ -f /qdrant/storage/raft_state.json ] || echo '{"state":{"hard_state":{"term":0,"vote":0,"commit":0}}}' >/qdrant/storage/raft_state.json
}

answer() {
  local given=${api_key:-$(bearer)} key=${QDRANT__SERVICE__API_KEY:-}
  case $path in
    / | /healthz | /readyz | /livez)
      if [ "$path" = / ]; then reply 200 '{"title":"qdrant - vector search engine","version":"1.16.3"}'; else reply 200 'healthz check passed' text/plain; fi
      return
      ;;
  esac
  if [ -n "$key" ] && [ -z "$given" ]; then
    reply 401 'Must provide an API key or an Authorization bearer token' text/plain
  elif [ -n "$key" ] && [ "$given" != "$key" ]; then
    reply 403 'Invalid API key' text/plain
  else
    case $path in
      /collections) reply 200 '{"result":{"collections":[{"name":"notes"}]},"status":"ok","time":0.000002}' ;;
      *) reply 404 '{"status":{"error":"Not found"},"time":0}' ;;
    esac
  fi
}
