FROM node:24-slim AS base
ONBUILD COPY package.json ./
ONBUILD RUN npm install
ONBUILD ADD app.js /app/
FROM base
CMD ["node", "/app/app.js"]
