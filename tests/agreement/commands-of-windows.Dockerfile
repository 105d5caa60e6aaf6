# escape=`
# hadolint reports DL3042 at line 4: Windows runs this with cmd, which hadolint reads as bash.
FROM mcr.microsoft.com/windows/servercore:ltsc2025
RUN pip install C:\src
