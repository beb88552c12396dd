# What the stand-ins share: reading a request, answering it, asking another server.

log() { printf '%s %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$*" >&2; }

# Waits without delaying a stop signal.
pause() {
  sleep "$1" &
  wait $!
}

return_character=$(printf '\r')

# Sets method, path, query, authorization, api_key, body.
read_request() {
  local line length=0 target
  authorization= api_key= body=
  IFS=' ' read -r method target line || return 1
  [ -n "$target" ] || return 1
  path=${target%%\?*}
  query=${target#"$path"}
  while IFS= read -r line; do
    line=${line%"$return_character"}
    [ -n "$line" ] || break
    case $line in
      [Aa]uthorization:*) authorization=${line#*:} authorization=${authorization# } ;;
      [Aa][Pp][Ii]-[Kk]ey:* | [Xx]-[Aa][Pp][Ii]-[Kk]ey:*) api_key=${line#*:} api_key=${api_key# } ;;
      [Cc]ontent-[Ll]ength:*) length=${line#*:} length=${length# } ;;
    esac
  done
  case $length in '' | *[!0-9]*) length=0 ;; esac
  [ "$length" -le 1048576 ] || length=1048576
  [ "$length" = 0 ] || body=$(head -c "$length")
}

# The token of an Authorization header, or nothing.
bearer() { case $authorization in [Bb]earer\ *) printf '%s' "${authorization#* }" ;; esac; }

reason() {
  case $1 in
    200) echo OK ;; 201) echo Created ;; 204) echo No Content ;; 302) echo Found ;; 400) echo Bad Request ;;
    401) echo Unauthorized ;; 403) echo Forbidden ;; 404) echo Not Found ;; 409) echo Conflict ;; 429) echo Too Many Requests ;;
    502) echo Bad Gateway ;; 503) echo Service Unavailable ;; *) echo Other ;;
  esac
}

reply() { # STATUS BODY [TYPE]
  printf 'HTTP/1.1 %s %s\r\nContent-Type: %s\r\nContent-Length: %s\r\nConnection: close\r\n\r\n%s' \
    "$1" "$(reason "$1")" "${3:-application/json}" "$(printf %s "$2" | wc -c)" "$2"
  case $path in /health* | /ping | /api/health | / | /_ping) ;; *) log "\"$method $path\" $1" ;; esac
}

page() { # TITLE
  reply 200 "<!doctype html><html><head><title>$1</title></head><body><h1>$1</h1></body></html>" text/html
}

not_found() { reply 404 '{"detail":"Not Found"}'; }

# Asks another server. Sets upstream_status (000 when it cannot be reached) and upstream_body. The key goes by the
# connection alone, never into an argument.
upstream() { # URL HEADERLINE
  local rest host port target answer
  rest=${1#*://}
  host=${rest%%/*}
  target=/${rest#"$host"}
  target=/${target#//}
  case $host in *:*) port=${host##*:} host=${host%:*} ;; *) port=80 ;; esac
  answer=$(printf 'GET %s HTTP/1.1\r\nHost: %s\r\n%s\r\nConnection: close\r\n\r\n' "$target" "$host" "${2:-Accept: */*}" \
    | nc -w 3 "$host" "$port" 2>/dev/null)
  upstream_status=$(printf %s "$answer" | head -1 | cut -d' ' -f2)
  case $upstream_status in [1-5][0-9][0-9]) ;; *) upstream_status=000 ;; esac
  upstream_body=$(printf %s "$answer" | sed '1,/^\r*$/d')
}

# Answers with what the other server answered, so that a stale key shows from outside.
relay() { # URL HEADERLINE
  upstream "$1" "$2"
  case $upstream_status in
    000) reply 502 '{"detail":"upstream cannot be reached"}' ;;
    *) reply "$upstream_status" "${upstream_body:-{\}}" ;;
  esac
}

# A session token that only the holder of the signing secret can make: NAME.HASH
sign() { printf '%s.%s' "$2" "$(printf '%s:%s' "$1" "$2" | sha256sum | cut -d' ' -f1)"; } # SECRET NAME
signed() { # SECRET TOKEN
  [ -n "$1" ] && [ -n "$2" ] && [ "$(sign "$1" "${2%%.*}")" = "$2" ]
}

models() { # NAME…
  local first=yes name
  printf '{"object":"list","data":['
  for name in "$@"; do
    [ -n "$first" ] || printf ,
    first=
    printf '{"id":"%s","object":"model","created":1700000000,"owned_by":"bed"}' "$name"
  done
  printf ']}'
}

completion='{"id":"chatcmpl-bed","object":"chat.completion","created":1700000000,"model":"bed","choices":[{"index":0,"message":{"role":"assistant","content":"An answer from the stand-in."},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":6,"total_tokens":7}}'

# Runs the SQL on standard input; what the server refuses is in /tmp/sql.error.
database_sql() { # HOST PORT USER PASSWORD DATABASE
  PGPASSWORD=$4 PGCONNECT_TIMEOUT=3 psql --no-psqlrc -v ON_ERROR_STOP=1 -w -q -tA -h "$1" -p "$2" -U "$3" -d "$5" 2>/tmp/sql.error
}

# Takes a URL apart the way common URL parsers do: an unescaped slash in the password ends the host part.
database_url() { # URL
  local rest host
  rest=${1#*://}
  [ "$rest" != "$1" ] || return 1
  host=${rest%%/*}
  url_database=${rest#*/}
  url_database=${url_database%%\?*}
  case $host in *@*) ;; *) return 1 ;; esac
  url_user=${host%%:*}
  url_password=${host#*:}
  url_password=${url_password%@*}
  host=${host##*@}
  url_host=${host%%:*}
  case $host in *:*) url_port=${host##*:} ;; *) url_port=5432 ;; esac
}

sql_by_url() { database_sql "$url_host" "$url_port" "$url_user" "$url_password" "$url_database"; }
