# A process without a port: a worker, an agent, a network sidecar.
ports=
programs=tailscale
