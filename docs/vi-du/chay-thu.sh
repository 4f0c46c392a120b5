#!/bin/sh
# Chạy từ thư mục gốc của mã nguồn; in đúng những gì docs/bo-cau-hoi-chuan.md chép lại.
set -ex
python -m evals check docs/vi-du/cau-hoi.jsonl --plans docs/vi-du/ke-hoach
python -m evals run --gold docs/vi-du/cau-hoi.jsonl --plans docs/vi-du/ke-hoach --name vi-du
python -m evals perturb docs/vi-du/cau-hoi.jsonl --plans docs/vi-du/ke-hoach --out evals/runs/vi-du-bien-the.jsonl
python -m evals run --gold docs/vi-du/cau-hoi.jsonl evals/runs/vi-du-bien-the.jsonl --plans docs/vi-du/ke-hoach --name vi-du-bien-the
python -m evals compare vi-du vi-du-bien-the
