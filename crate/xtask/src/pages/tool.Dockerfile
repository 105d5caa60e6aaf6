FROM alpine:3.23
COPY --chmod=755 changelog /usr/local/bin/changelog
USER 10001
CMD ["changelog"]
