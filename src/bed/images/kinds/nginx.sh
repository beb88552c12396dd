# The real server.
layers="base nginx"
ports=80
entrypoint=
command='/usr/sbin/nginx|-g|daemon off;'
stop=SIGQUIT
