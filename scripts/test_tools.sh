#!/bin/sh
# Name (and where it is easy, install) the programs that some tests need beside Python.
# Locally the tests that miss one are skipped and say so; with CI set they fail.
set -eu
PATH="$PATH:/usr/sbin" # where web servers are

missing=""
need() { # need "package" command…: any one of the commands will do
    package=$1
    shift
    for name in "$@"; do
        if command -v "$name" >/dev/null 2>&1; then return; fi
    done
    missing="$missing $package"
}
need chromium chromium chromium-browser google-chrome
need nodejs node
need npm npm
need default-jre-headless java
need libimage-exiftool-perl exiftool
need strace strace
need newsboat newsboat
need nginx nginx
need apache2-bin apache2

if [ -n "${CI:-}" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    # Of Chromium also the one that draws no windows: page tests take half of the time with it. Not every system has it.
    windowless=chromium-headless-shell
    if command -v $windowless >/dev/null 2>&1; then windowless=""; fi
    install="apt-get install -y -qq --no-install-recommends"
    export DEBIAN_FRONTEND=noninteractive
    if [ -n "$missing" ]; then
        echo "Installing for the tests:$missing"
        apt-get update -qq
        # shellcheck disable=SC2086 # a list of package names
        $install $missing >/dev/null
    fi
    if [ -n "$windowless" ]; then # without it the tests take longer
        if [ -z "$missing" ]; then apt-get update -qq || true; fi
        if apt-cache show $windowless >/dev/null 2>&1; then $install $windowless >/dev/null || true; fi
    fi
elif [ -n "$missing" ]; then
    echo "Some tests will be skipped; they need these Debian packages (or their like elsewhere):$missing"
fi

if command -v npm >/dev/null 2>&1; then
    # Page checkers that come as node packages: axe-core, Lighthouse and the Nu HTML checker.
    if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
        echo "Installing the page checkers into node_modules"
        npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
        touch node_modules/.package-lock.json
    fi
fi
