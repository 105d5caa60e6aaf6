FROM alpine:3.23
COPY "a b" 'c' /x
USER "app"
WORKDIR "/with quotes"
RUN echo "it's" 'a "b"' \"escaped\" $'c'
ENV A="$B" C='$D' E=\$F
EXPOSE "80"
VOLUME "/data" /other
STOPSIGNAL "SIGTERM"
