import torch.nn as nn

hidden = 32
net = nn.Sequential(
    nn.Linear(10, hidden),
    nn.LeakyReLU(0.2),
    nn.BatchNorm1d(hidden),
    nn.Dropout(p=0.1),
    nn.Linear(in_features=hidden, out_features=2, bias=False),
)
