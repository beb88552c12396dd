# The real server, whatever the version in the tag says: Debian's own.
layers="base postgres"
ports=5432
path_extra=/usr/lib/postgresql/current/bin
entrypoint=/usr/local/bin/docker-entrypoint.sh
command=postgres
environment='LANG=C.UTF-8 PGDATA=/var/lib/postgresql/data'
volumes=/var/lib/postgresql/data
stop=SIGINT
