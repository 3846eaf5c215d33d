# Ten steps of each optimizer on a linear layer, for OptimizerGoldenTests. Made with PyTorch 1.13: python3 optimizer_goldens.py
import torch

x = torch.tensor([[0.5, -1.0, 2.0], [1.5, 0.25, -0.75], [-0.5, 0.5, 1.0], [2.0, -1.5, 0.0]])
y = torch.tensor([[1.0, -1.0], [0.0, 2.0], [-1.5, 0.5], [3.0, 0.0]])


def run(name, make, clip=lambda p: None, gamma=1.0):
    w = torch.tensor([[0.1, -0.2], [0.3, 0.4], [-0.5, 0.6]], requires_grad=True)  # input x output
    b = torch.tensor([0.05, -0.05], requires_grad=True)
    optimizer = make([w, b])
    schedule = torch.optim.lr_scheduler.ExponentialLR(optimizer, gamma)
    for _ in range(10):
        optimizer.zero_grad()
        torch.nn.functional.mse_loss(x @ w + b, y).backward()
        clip([w, b])
        optimizer.step()
        schedule.step()
    values = [v.item() for v in torch.cat([w.flatten(), b])]
    print(name, ", ".join(f"{v:.8g}f" for v in values))


run("sgd", lambda p: torch.optim.SGD(p, lr=0.1))
run("momentum", lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9))
run("nesterov", lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9, nesterov=True))
run("adam", lambda p: torch.optim.Adam(p, lr=0.05))
run("adam, other betas", lambda p: torch.optim.Adam(p, lr=0.1, betas=(0.8, 0.95), eps=1e-3))


def clip_value(p):
    torch.nn.utils.clip_grad_value_(p, 0.25)


def clip_norm(p):
    torch.nn.utils.clip_grad_norm_(p, 0.5)


def clip_both(p):
    torch.nn.utils.clip_grad_value_(p, 0.25)
    torch.nn.utils.clip_grad_norm_(p, 0.4)


run("clip value", lambda p: torch.optim.SGD(p, lr=0.1), clip_value)
run("clip norm", lambda p: torch.optim.SGD(p, lr=0.1), clip_norm)
run("momentum, clip norm", lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9), clip_norm)
run("adam, clip both", lambda p: torch.optim.Adam(p, lr=0.05), clip_both)
run("momentum, falling rate", lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9), gamma=0.8)
run("adam, falling rate", lambda p: torch.optim.Adam(p, lr=0.05), gamma=0.8)
