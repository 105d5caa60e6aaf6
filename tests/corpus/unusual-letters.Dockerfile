‮FROM alpine:3.23
FROM alpine
ENV א=ב 🐳=🐋
COPY “quoted” /x
RUN echo 👩‍💻 \
  مرحبا
