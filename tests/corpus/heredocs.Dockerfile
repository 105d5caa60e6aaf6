# syntax=docker/dockerfile:1
FROM debian:13-slim
RUN <<EOF
set -eu
apt-get update
apt-get install -y --no-install-recommends ca-certificates
rm -rf /var/lib/apt/lists/*
EOF
RUN <<'PY' python3 > /made.txt
print("FROM is a word here")
PY
COPY <<-CONF /etc/app.conf
	[server]
	port = ${PORT:-8080}
	CONF
COPY <<one <<two /files/
1
one
2
two
USER nobody
CMD ["cat", "/etc/app.conf"]
