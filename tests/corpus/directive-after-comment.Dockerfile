# Only a comment.
# syntax=docker/dockerfile:1
# escape=`
FROM alpine:3.23
RUN echo a \
 && echo b
