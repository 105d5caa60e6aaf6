# syntax=docker/dockerfile:1
FROM python:3.14-slim
RUN <<EOF
set -e
apt-get update
# a comment of the script
EOF
RUN <<-"EOF" bash -e
	echo "$tabs are taken away"
	EOF
RUN python3 <<PY && echo done
print("hello")
PY
RUN cat <<A >/a && cat 3<<B >/b
in a
A
in b
B
COPY --chmod=755 <<'SCRIPT' /entrypoint.sh
#!/bin/sh
exec "$@"
SCRIPT
ONBUILD RUN <<E
later
E
RUN echo "<<not one" '<<nor this' <<<here
