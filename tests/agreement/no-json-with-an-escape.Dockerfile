# hadolint misses DL3025 at line 3: JSON has no `\S`, so a shell runs the text with its brackets.
FROM alpine:3.23
CMD ["C:\Service.exe", "start"]
USER 1000
