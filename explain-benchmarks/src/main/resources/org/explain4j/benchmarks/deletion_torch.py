"""Deletion curves in PyTorch: runs what each line on standard input names, and answers with the seconds.

Usage: deletion_torch.py IMAGES THREADS. The network has the shape of 'small' and random weights. In each of 28 steps the
next 28 pixels of every image are set to 0 and all images go through the network as one batch.
"""
import sys
import time

import torch
from torch import nn

images, threads = int(sys.argv[1]), int(sys.argv[2])
torch.set_num_threads(threads)
torch.manual_seed(1)

layers, channels = [], 1
for width in [16, 16, 0, 32, 32, 0]:
    if width == 0:
        layers.append(nn.MaxPool2d(2))
    else:
        layers += [nn.Conv2d(channels, width, 3, padding=1), nn.ReLU()]
        channels = width
layers += [nn.Flatten(), nn.Linear(32 * 7 * 7, 128), nn.ReLU(), nn.Linear(128, 10)]
network = nn.Sequential(*layers).eval()
inputs = torch.randn(images, 1, 28, 28)
order = torch.randn(images, 784).argsort(1, descending=True)
classes = network(inputs).argmax(1)


def deletion():
    with torch.no_grad():
        changed = inputs.clone().reshape(images, 784)
        for step in range(29):
            if step > 0:
                changed.scatter_(1, order[:, 28 * (step - 1) : 28 * step], 0.0)
            probabilities = network(changed.reshape(images, 1, 28, 28)).softmax(1)
            probabilities.gather(1, classes[:, None])


for line in sys.stdin:
    begin = time.perf_counter()
    deletion()
    print(time.perf_counter() - begin, flush=True)
