"""Exports a classifier of torchvision with random weights, and what PyTorch computes with it.

    /usr/bin/python3 torchvision_networks.py NAME FOLDER

writes FOLDER/NAME.onnx, and as float64 in the order n, c, h, w: NAME.x.npy (two images of noise),
NAME.e.npy (their logits) and NAME.g.npy (the gradients of the largest logit of each with respect to
the image). Made with Debian's python3-torch 1.13 and python3-torchvision 0.14 (apt-get install
python3-torchvision); opset 16 is the newest that this exporter writes.

The weights are those of torchvision's initialisers with a seed. Such networks in evaluation mode have
the running mean 0 and variance 1 everywhere, and numbers that vanish or overflow in the depth; so the
statistics of batch normalisation are first those of a batch of noise, layer by layer, as after
training. Then its factors become powers of two: the exporter multiplies them into the convolutions
before them, in float32, and nothing must be rounded that the reference in float64 does not round, or
single ReLUs differ.
"""

import sys
import warnings
from pathlib import Path

import numpy
import torch
import torchvision

warnings.filterwarnings("ignore")
name, folder = sys.argv[1], Path(sys.argv[2])
size = 299 if name == "inception_v3" else 224
torch.manual_seed(1)
torch.set_num_threads(1)
options = {"init_weights": True} if name in ("googlenet", "inception_v3") else {}
model = getattr(torchvision.models, name)(**options)
for module in model.modules():
    if isinstance(module, torch.nn.BatchNorm2d):
        module.momentum = 1.0
        torch.nn.init.uniform_(module.weight, 0.5, 1.5)
        torch.nn.init.uniform_(module.bias, -0.3, 0.3)
    elif isinstance(module, torch.nn.LayerNorm):
        torch.nn.init.uniform_(module.weight, 0.5, 1.5)
        torch.nn.init.uniform_(module.bias, -0.3, 0.3)
    elif isinstance(module, torch.nn.Dropout):
        module.p = 0.0
    elif hasattr(module, "layer_scale"):
        torch.nn.init.uniform_(module.layer_scale, 0.1, 1.0)  # ConvNeXt starts with 1e-6
model.train()
with torch.no_grad():
    model(torch.randn(4, 3, size, size))
    for module in model.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            factor = module.weight / torch.sqrt(module.running_var + module.eps)
            factor = torch.sign(factor) * 2 ** torch.round(torch.log2(torch.abs(factor)))
            module.bias -= factor * module.running_mean
            module.weight.copy_(factor)
            module.running_mean.zero_()
            module.running_var.fill_(1)
            module.eps = 0.0
model.eval()
images = torch.randn(2, 3, size, size)
torch.onnx.export(
    model,
    images[:1],
    str(folder / f"{name}.onnx"),
    opset_version=16,
    input_names=["x"],
    output_names=["y"],
    dynamic_axes={"x": {0: "n"}, "y": {0: "n"}},
)
model = model.double()
images = images.double().requires_grad_(True)
logits = model(images)
logits.max(dim=1).values.sum().backward()
for what, array in {"x": images, "e": logits, "g": images.grad}.items():
    numpy.save(folder / f"{name}.{what}.npy", array.detach().numpy())
