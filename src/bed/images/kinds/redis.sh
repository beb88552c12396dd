# The real server.
layers="base redis"
ports=6379
entrypoint=/usr/local/bin/docker-entrypoint.sh
command=redis-server
workdir=/data
volumes=/data
