#!/bin/sh
# On a machine with an NVIDIA GPU of compute capability 3.7 to 8.9, for which ND4J's CUDA backend has code, and the
# driver for CUDA 11.6: compares the methods with their reference values, then times them on the GPU. The first use
# downloads the backend, about 3 GB.
#
#   sh explain-benchmarks/gpu.sh
set -e
cd "$(dirname "$0")/.."
mvn -B -ntp -Dcuda -P all-tests -Dtest='Golden*Test' -Dsurefire.failIfNoSpecifiedTests=false install
cd explain-benchmarks
for network in small vgg16; do
  java -Xmx2g -Dorg.bytedeco.javacpp.maxbytes=12g -Dorg.bytedeco.javacpp.maxphysicalbytes=0 \
    -cp "target/classes:target/lib/*" org.explain4j.benchmarks.MethodCosts "$network" 8 20 \
    gradient guided-backprop pattern-net pattern-attribution lrp-epsilon lrp-z-plus
done
