#!/bin/sh
# Writes docs/findings.md anew: the paper's six claims on six networks, one run after the other. A run that is there
# is taken over. Fashion-MNIST is the whole of it (./explain download fashion-mnist), for fc1's values depend on
# how many images its 3,136 inputs are learned from. DATA is a folder with the other networks (nets/NAME.onnx) and
# images that are not in the project; its layout is that of the validation data beside the checkout.
#
#   DATA=/data sh experiments/findings.sh
set -e
cd "$(dirname "$0")/.."
data=$(cd "${DATA:-../shared/data}" && pwd)
runs=${RUNS:-runs/findings}

run() {
  name=$1
  shift
  ./explain run experiments/claims.yaml --out "$runs/$name" --set name="$name" "$@"
}

network() {
  echo "model={file: {path: $data/nets/$1.onnx, preprocessing: $2$3}}"
}

cifar="dataset={image-folder: {path: $data/cifar10/cifar10_jpeg_20k_train_5k_test.zip, resize: 0, crop: 0}}"
tiny="dataset={image-folder: {path: $data/tinyimagenet10/tinyimagenet10.zip, resize: 0, crop: 0}}"
imagenet="dataset={image-folder: {path: $data/imagenet_half.zip, classes: imagenet, resize: 256, crop: 227}}"
wnids="[n03662601, n02165456, n07873807, n07720875, n04146614, n01882714, n07920052, n02509815, n07747607, n04285008]"

metrics() {
  echo "metrics=[{degradation: {patch: $1, steps: $2}}, input-similarity]"
}

run fashion-mnist --set 'dataset={fashion-mnist: {images: full}}' \
  --set splits.a=50000 --set splits.b=10000 --set splits.c=10000 --set explain.images=1000
run captum --set "$cifar" --set "$(metrics 8 16)" \
  --set "$(network captum_cifar10_toynet '{scale: 255, mean: [127.5, 127.5, 127.5], deviation: [127.5, 127.5, 127.5]}')" \
  --set splits.a=18000 --set splits.c=5000 --set explain.images=1000
run convnetjs --set "$cifar" --set "$(metrics 8 16)" \
  --set "$(network convnetjs_cifar10 '{mean: [0.5, 0.5, 0.5]}')" \
  --set splits.a=18000 --set splits.c=5000 --set explain.images=1000
run tinyvgg --set "$tiny" --set "$(metrics 16 16)" \
  --set "$(network tinyvgg_tinyimagenet10 '{}' ", class-names: $wnids")" \
  --set splits.a=2500 --set splits.b=2500 --set splits.c=500 --set explain.images=500
run simpnet --set "$cifar" --set "$(metrics 8 16)" \
  --set "$(network simpnet_cifar10_300K_93.25 '{scale: 255, mean: [125.31, 122.95, 113.87], deviation: [62.99, 62.09, 66.70]}')" \
  --set splits.a=2000 --set splits.b=1000 --set splits.c=1000 --set explain.images=200
run squeezenet --set "$imagenet" --set "$(metrics 57 16)" \
  --set "$(network squeezenet_v1.1_imagenet '{scale: 255, mean: [104, 117, 123], bgr: true}')" \
  --set splits.a=250 --set splits.b=150 --set splits.c=100 --set signal-quality.patches-per-image=100 \
  --set explain.images=100 --set explain.reference=16 --set batch=16
truth=$(sed -n '/^## Ground truth$/,$p' docs/findings.md) # measured by ground-truth.yaml, kept
./explain findings "$runs/fashion-mnist" "$runs/captum" "$runs/convnetjs" "$runs/tinyvgg" "$runs/simpnet" \
  "$runs/squeezenet" --out docs/findings.md
printf "\n%s\n" "$truth" >> docs/findings.md
