FROM alpine:3.23RUN echo a
ADD a.txt /srv/not a line
USER 1000
CMD ["x"]
