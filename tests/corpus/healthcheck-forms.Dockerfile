FROM nginx:1.29
HEALTHCHECK --interval=30s --timeout=1m30s --start-period=5s --start-interval=500ms --retries=3 \
  CMD curl --fail http://localhost/ || exit 1
HEALTHCHECK CMD ["curl", "-f", "http://localhost/"]
healthcheck none
HEALTHCHECK
HEALTHCHECK CMD
HEALTHCHECK NONE now
HEALTHCHECK curl
