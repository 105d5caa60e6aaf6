# buildkit reports ExposeInvalidFormat at line 3: the colon is part of the default, which BuildKit fills in; tally, which runs its checks, does not.
FROM alpine:3.23
EXPOSE ${PORT:-8080}
USER 1000
