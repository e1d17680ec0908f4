#!/bin/sh
# Gradescope calls this once, as root, when it makes the image: installs, builds, makes the starter.
# SPDX-License-Identifier: MIT
set -e
mkdir -p /autograder/faultline
tar -xf /autograder/source/faultline.tar.gz -C /autograder/faultline
cd /autograder/faultline
./faultline grade @LAB@ --prepare
