# Sourced by ./run and ./test, at the root of the checkout: makes `.venv` hold what a requirements file locks.
# Nothing is done twice: what was installed is remembered as a copy of its requirements file inside `.venv`.

say() { printf '%s\n' "$*" >&2; }

# both FRENCH ENGLISH: one of the two, in the language of the terminal.
both() { case "${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}" in fr*) say "$1" ;; *) say "$2" ;; esac; }

# as_root COMMAND…: runs a command as the administrator, or fails without asking for a password.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo -n "$@"; else return 1; fi
}

# debian PACKAGE…: installs Debian packages, or says the one line to type and stops.
debian() {
  both "Installation des paquets Debian : $*" "Installing Debian packages: $*"
  export DEBIAN_FRONTEND=noninteractive
  if command -v apt-get >/dev/null && { as_root apt-get install -y -qq --no-install-recommends "$@" ||
    { as_root apt-get update -qq && as_root apt-get install -y -qq --no-install-recommends "$@"; }; } >&2; then
    return
  fi
  both "Il manque : $*. Tapez cette ligne, puis recommencez :" "Missing: $*. Type this line, then start again:"
  say "    sudo apt-get update && sudo apt-get install -y $*"
  exit 1
}

# find_python: prints the name of a Python that is recent enough.
find_python() {
  local name
  for name in "${QUITTANCE_PYTHON:-python3}" python3.14 python3.13 python3.12 python3.11; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$name"
      return
    fi
  done
  return 1
}

make_environment() {
  local python
  if [ -x .venv/bin/python ] && [ "$(cat .venv/.root 2>/dev/null)" = "$PWD" ] && .venv/bin/python -c '' 2>/dev/null; then
    return
  fi
  python=$(find_python) || debian python3 python3-venv
  python=${python:-python3}
  "$python" -c 'import ensurepip, venv' 2>/dev/null || debian python3-venv
  both "Préparation de l'environnement Python (.venv)…" "Making the Python environment (.venv)…"
  rm -rf .venv # one that was copied or moved from elsewhere would run the other place's code
  "$python" -m venv .venv
  echo "$PWD" >.venv/.root
}

# install FILE: one locked file into .venv. uv is five times faster than pip, and optional.
install() {
  local start=$SECONDS
  both "Installation de requirements/$1…" "Installing requirements/$1…"
  if [ ! -x .venv/bin/uv ]; then
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt || true
  fi
  if ! { [ -x .venv/bin/uv ] && .venv/bin/uv pip install --quiet --python .venv/bin/python --require-hashes \
    -r "requirements/$1"; }; then
    both "uv n'a pas abouti : nouvel essai avec pip." "uv did not succeed: trying again with pip."
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "requirements/$1" || {
      both "Les paquets Python n'ont pas pu être installés : vérifiez la connexion, puis recommencez." \
        "The Python packages could not be installed: check the connection, then start again."
      exit 1
    }
  fi
  cp "requirements/$1" ".venv/.installed-$1"
  both "  fait en $((SECONDS - start)) s" "  done in $((SECONDS - start)) s"
}

# environment FILE: .venv exists, holds FILE and runs this checkout. dev.txt holds all of web.txt.
environment() {
  make_environment
  if ! cmp -s "requirements/$1" ".venv/.installed-$1"; then
    install "$1"
    if [ "$1" = dev.txt ]; then cp requirements/web.txt .venv/.installed-web.txt; fi
  fi
  if ! cmp -s pyproject.toml .venv/.linked || [ requirements/link.py -nt .venv/.linked ]; then
    .venv/bin/python requirements/link.py
    cp pyproject.toml .venv/.linked
  fi
}
