# hadolint reports DL4006 at line 3: the script sets pipefail itself.
FROM fedora:43
RUN set -o pipefail && curl -fsSL https://example.org/a | tar -x
USER 1000
