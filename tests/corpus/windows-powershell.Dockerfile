# escape=`
FROM mcr.microsoft.com/windows/servercore:ltsc2025
SHELL ["powershell", "-Command", "$ErrorActionPreference = 'Stop';"]
RUN Invoke-WebRequest https://example.com/a.zip -OutFile C:\a.zip ; `
    # unpack it
    Expand-Archive C:\a.zip -DestinationPath C:\a
WORKDIR C:\app
COPY ["app files\\", "C:/app/"]
ENV PATH=C:\a;%PATH%
USER ContainerUser
CMD ["app.exe"]
