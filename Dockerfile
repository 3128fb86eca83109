# syntax=docker/dockerfile:1
# The service alone: compiled ahead of time, run by an ordinary account, on a PostgreSQL given by ConnectionStrings__Default.

FROM node:22-bookworm-slim AS frontend
WORKDIR /site
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --omit=optional --no-audit --no-fund

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /site
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY src/VenueBooking/VenueBooking.csproj src/VenueBooking/packages.lock.json src/VenueBooking/
# Ready-to-run code needs the runtime pack of one platform, which the lock file of the portable build does not list.
RUN dotnet restore src/VenueBooking --runtime linux-x64 -p:PublishReadyToRun=true -p:RestoreLockedMode=false
COPY --from=frontend /site/node_modules node_modules
COPY migrations migrations
COPY src src
RUN rm -rf src/VenueBooking/bin src/VenueBooking/obj/Debug \
 && dotnet publish src/VenueBooking -c Release --runtime linux-x64 --self-contained false -p:PublishReadyToRun=true -p:RestoreLockedMode=false -o /out

FROM mcr.microsoft.com/dotnet/aspnet:10.0
# People's dates and sorting need the full culture data and zones, which the image has.
WORKDIR /app
COPY --from=build /out .
RUN mkdir /data && chown "$APP_UID" /data
USER $APP_UID
ENV ASPNETCORE_HTTP_PORTS=8080 VenueBooking__DataDir=/data
VOLUME /data
EXPOSE 8080
ENTRYPOINT ["dotnet", "VenueBooking.dll"]
