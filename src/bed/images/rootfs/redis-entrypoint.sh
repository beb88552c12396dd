#!/bin/sh
# Starts Redis the way the official image does: options alone mean the server, which runs without root.
set -e
case ${1:-} in -* | *.conf) set -- redis-server "$@" ;; esac
if [ "${1:-}" = redis-server ] && [ "$(id -u)" = 0 ]; then
  find . ! -user redis -exec chown redis '{}' +
  exec /usr/bin/setpriv --reuid=998 --regid=998 --clear-groups "$@"
fi
exec "$@"
