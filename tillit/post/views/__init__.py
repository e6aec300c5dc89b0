from tillit.post.views.opt_out import opt_out

__all__ = ["opt_out"]
