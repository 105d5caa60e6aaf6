FROM alpine:3.23
LABEL title="قهوة ☕ café" emoji="👩‍💻🚀"
MAINTAINER 👩‍🚀 Ada
ADD 🚀.txt /srv/🚀.txt
ENV GREETING "שלום 👋"
USER 1000
CMD ["echo", "👋🏽"]
