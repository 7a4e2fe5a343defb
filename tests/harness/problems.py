"""Refusals as problem details (RFC 9457)."""


def problem_of(answer):
    """Status and sentence."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    problem = answer.json()
    assert problem["status"] == answer.status_code
    return answer.status_code, problem["detail"]
