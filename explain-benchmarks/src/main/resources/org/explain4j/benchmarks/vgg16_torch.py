"""VGG-16 with random weights in PyTorch: runs what each line on standard input names, and answers with the seconds.

Usage: vgg16_torch.py BATCH THREADS
"""
import sys
import time

import torch
from torch import nn

batch, threads = int(sys.argv[1]), int(sys.argv[2])
torch.set_num_threads(threads)
torch.manual_seed(1)

layers, channels = [], 3
for width in [64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0]:
    if width == 0:
        layers.append(nn.MaxPool2d(2))
    else:
        layers += [nn.Conv2d(channels, width, 3, padding=1), nn.ReLU()]
        channels = width
layers += [nn.Flatten(), nn.Linear(25088, 4096), nn.ReLU(), nn.Linear(4096, 4096), nn.ReLU(), nn.Linear(4096, 1000)]
network = nn.Sequential(*layers).eval()
for parameter in network.parameters():
    parameter.requires_grad_(False)
image = torch.randn(batch, 3, 224, 224)


def forward():
    with torch.no_grad():
        network(image)


def gradient():
    x = image.clone().requires_grad_(True)
    torch.autograd.grad(network(x).max(1).values.sum(), x)


def lrp_epsilon():
    """One forward, then x * J'(R / (z + epsilon)) in each linear layer, as zennit does it."""
    inputs, x = [], image
    for layer in network:
        inputs.append(x.detach().requires_grad_(True))
        x = layer(inputs[-1])
        if not isinstance(layer, (nn.Conv2d, nn.Linear, nn.MaxPool2d, nn.Flatten)):
            x = x.detach()
        inputs[-1].output = x
    logits = x.detach()
    relevance = torch.zeros_like(logits)
    best = logits.max(1)
    relevance.scatter_(1, best.indices[:, None], best.values[:, None])
    for layer, x in zip(reversed(network), reversed(inputs)):
        if isinstance(layer, (nn.Conv2d, nn.Linear)):
            z = x.output.detach()
            stable = relevance / (z + 1e-6 * (2 * (z >= 0) - 1))
            relevance = torch.autograd.grad(x.output, x, stable)[0] * x.detach()
        elif isinstance(layer, (nn.MaxPool2d, nn.Flatten)):
            relevance = torch.autograd.grad(x.output, x, relevance)[0]
        del x.output


works = {"forward": forward, "gradient": gradient, "lrp-epsilon": lrp_epsilon}
for line in sys.stdin:
    begin = time.perf_counter()
    works[line.strip()]()
    print(time.perf_counter() - begin, flush=True)
