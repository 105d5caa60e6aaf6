FROM alpine:3.23
ENV A="never closed
RUN echo 'never closed
LABEL b='also
USER 1000
