FROM alpine:3.23
USER 1000
RUN ["echo", "exec form"]
RUN ['echo', 'no json']
ENTRYPOINT ["sh", "-c", "exec \"$@\"", "--"]
CMD ["echo", "ok",]
