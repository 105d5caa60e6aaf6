# shellcheck misses SC2044 at line 4: what find prints is taken apart at blanks, whatever else stands in the list.
FROM debian:13
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN for file in /usr/bin/tool $(find /usr/lib/tool -name '*.so'); do strip "$file"; done
USER 1000
