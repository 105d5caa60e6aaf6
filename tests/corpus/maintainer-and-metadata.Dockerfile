FROM alpine:3.23
MAINTAINER Ada "the first" Lovelace <ada@example.com> $NOT_A_VARIABLE
STOPSIGNAL SIGRTMIN+3
STOPSIGNAL 9
STOPSIGNAL SIGNOTHING
USER app:group
USER $UID
WORKDIR /a path/with "blanks"
WORKDIR relative
