#!/usr/bin/env bash
# Unpacks Debian's Node for s390x, whose numbers are big-endian, into a folder: big-endian-node.sh FOLDER. It is run by
# qemu-s390x-static -L FOLDER FOLDER/usr/bin/node, and nothing of it is installed.
set -euo pipefail
folder="$1"
[ -d "$folder" ] && exit 0
dpkg --add-architecture s390x
apt-get update -qq
# Whole or not at all.
rm -rf "$folder.part"
mkdir -p "$folder.part/packages"
cd "$folder.part/packages"
of_machine=(nodejs libnode108 libc6 libstdc++6 libgcc-s1 libuv1 zlib1g libbrotli1 libc-ares2 libnghttp2-14 libssl3 libicu72)
apt-get download -qq -o APT::Sandbox::User=root "${of_machine[@]/%/:s390x}" node-acorn node-busboy node-cjs-module-lexer node-undici node-xtend
for package in *.deb; do dpkg-deb -x "$package" ..; done
cd ..
rm -r packages
mv "$folder.part" "$folder"
