# MongoDB cannot be had here: a listener that says what the real one says to a browser, and a `mongosh` that only finds out
# whether it listens. Nothing about dumps or logins is proven by it.
ports=27017
volumes="/data/db /data/configdb"
folders="999:/data/db 999:/data/configdb"
programs=mongosh

prepare() {
  [ -f /data/db/WiredTiger ] || {
    printf 'WiredTiger\nWiredTiger 11.0.0\n' >/data/db/WiredTiger
    head -c 65536 /dev/urandom >/data/db/collection-0.wt
    chown -R 999:999 /data/db
  } 2>/dev/null || true
}

answer() { reply 200 'It looks like you are trying to access MongoDB over HTTP on the native driver port.' text/plain; }
